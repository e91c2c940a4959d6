<?php
/** Sources of answers: ids are looked up, kept for an hour, and what cannot be found is left out. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const MOST_SOURCES = 20;

/** A citation's fields under all the names that were seen; null when it has none. @param mixed $body */
function source_in( $body ): ?array {
	if ( ! is_array( $body ) ) {
		return null;
	}
	$url   = first_web_address( $body['url'] ?? null, $body['page_url'] ?? null, $body['source_url'] ?? null, $body['file_url'] ?? null, $body['link'] ?? null );
	$title = first_written( 300, $body['title'] ?? null, $body['page_title'] ?? null, $body['filename'] ?? null, $body['file_name'] ?? null, $body['name'] ?? null );
	return array(
		'title'       => $title ?? ( null === $url ? null : (string) wp_parse_url( $url, PHP_URL_HOST ) ),
		'url'         => $url,
		'description' => first_written( 1000, $body['description'] ?? null, $body['snippet'] ?? null ),
		'image'       => first_web_address( $body['image'] ?? null, $body['image_url'] ?? null ),
	);
}

function first_written( int $longest, ...$values ): ?string {
	foreach ( $values as $value ) {
		$text = written( $value, $longest );
		if ( null !== $text ) {
			return $text;
		}
	}
	return null;
}

/** Null when the service has no such source. */
function load_source( int $project, int $id, float $timeout ): ?array {
	$name = kept_name( "source $project $id" );
	$kept = get_transient( $name );
	if ( is_array( $kept ) ) {
		return $kept;
	}
	$source = source_in( data_of( call_service( 'GET', project_path( $project ) . '/citations/' . $id, null, 'conversation', false, $timeout ) ) );
	if ( null !== $source ) {
		set_transient( $name, $source, HOUR_IN_SECONDS );
	}
	return $source;
}

/**
 * The citations of one answer, for browsers.
 *
 * @param int $known_ms Milliseconds for all look-ups together.
 */
function resolve_citations( int $project, array $list, int $known_ms = 8000 ): array {
	$until     = now_ms() + $known_ms;
	$citations = array();
	$seen      = array();
	foreach ( array_slice( $list, 0, 200 ) as $place => $value ) {
		$id     = is_array( $value ) ? id_of( $value['citation_id'] ?? $value['id'] ?? $value['page_id'] ?? null ) : id_of( $value );
		$source = source_in( $value );
		$source = null !== $source && ( null !== $source['title'] || null !== $source['url'] ) ? $source : null;
		$same   = null === $id ? to_json( $source ) : (string) $id;
		if ( ( null === $id && null === $source ) || isset( $seen[ $same ] ) ) {
			continue;
		}
		$seen[ $same ] = true;
		if ( count( $seen ) > MOST_SOURCES ) {
			break;
		}
		try {
			$left   = ( $until - now_ms() ) / 1000;
			$source = $source ?? ( $left > 0 ? load_source( $project, (int) $id, min( 4.0, $left ) ) : null );
		} catch ( Refused $refused ) {
			$source = null;
		}
		if ( null !== $source ) {
			$citations[] = citation_at( $place + 1, $source );
		}
	}
	return $citations;
}

function citation_at( int $place, array $source ): array {
	return array(
		'id'          => (string) $place,
		'title'       => $source['title'] ?? "Source $place",
		'url'         => $source['url'],
		'description' => $source['description'],
		'image'       => picture_path( $source['image'] ),
	);
}

/** Tells an answer's sources, if there are any. */
function write_citations( Writer $writer, Conversation $conversation, array $list ): void {
	if ( array() === $list ) {
		return;
	}
	KeyGuard::refuse_key_in( $list );
	$writer->vouch( 10 );
	$citations = resolve_citations( $conversation->project, $list );
	if ( array() !== $citations ) {
		$writer->append( array( array( 'citations', $citations ) ) );
	}
}
