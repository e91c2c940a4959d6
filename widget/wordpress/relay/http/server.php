<?php
/** Entry: WordPress' REST API hands every request below the namespace over, and the relay answers it by itself. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const REST_NAMESPACE = 'customgpt-widget';

/** The address that the widget is given as its proxy. */
function relay_url(): string {
	return untrailingslashit( rest_url( REST_NAMESPACE ) );
}

/** Path below the namespace, or null for a request of somebody else's. */
function relay_path( string $route ): ?string {
	$prefix = '/' . REST_NAMESPACE;
	$path   = substr( $route, strlen( $prefix ) );
	$is_own = 0 === strpos( $route, $prefix . '/' ) && 1 === preg_match( '/^\/(v1\/|healthz$)/', $path ) && 0 !== strpos( $path, '/v1/admin/' );
	return $is_own ? $path : null;
}

/**
 * Keeps WordPress from looking for a route: bodies, methods and errors are the protocol's. The answer itself is sent in
 * `serve`, which WordPress calls for requests over HTTP only.
 *
 * @param mixed $result
 * @return mixed
 */
function pre_dispatch( $result, \WP_REST_Server $server, \WP_REST_Request $request ) {
	return null === relay_path( $request->get_route() ) ? $result : new \WP_REST_Response( null, 200 );
}

/**
 * Visitors come without a login. Plugins that read `Authorization` headers of their own must not refuse the visitor's
 * token; a plugin that has closed the REST API before keeps it closed.
 *
 * @param mixed $result
 * @return mixed
 */
function allow_visitors( $result ) {
	$route = isset( $GLOBALS['wp']->query_vars['rest_route'] ) ? (string) $GLOBALS['wp']->query_vars['rest_route'] : '';
	return null === $result && null !== relay_path( $route ) ? true : $result;
}

/** @param mixed $served */
function serve( $served, $result, \WP_REST_Request $given ): bool {
	$path = relay_path( $given->get_route() );
	if ( null === $path ) {
		return (bool) $served;
	}
	defined( 'DONOTCACHEPAGE' ) || define( 'DONOTCACHEPAGE', true );
	do_action( 'litespeed_control_set_nocache', 'an answer of the chat' );
	while ( ob_get_level() > 0 && ob_end_clean() ) {
		continue;
	}
	@ini_set( 'zlib.output_compression', '0' ); // phpcs:ignore WordPress.PHP -- a compressed stream arrives in lumps.
	$request = new Request( $given, $path );
	try {
		if ( $result instanceof \WP_HTTP_Response && $result->get_status() >= 400 ) {
			throw new Refused( 'not-allowed' ); // Another plugin has closed the REST API.
		}
		ensure_tables();
		$reply = respond( $request );
		if ( null !== $reply ) {
			send_reply( $reply, $request );
		}
		sweep();
	} catch ( Refused $refused ) {
		if ( ! headers_sent() ) {
			send_reply( Reply::refusal( $refused ), $request );
		}
	} catch ( \Throwable $error ) {
		complain( $error );
		if ( ! headers_sent() ) {
			send_reply( Reply::refusal( new Refused( 'upstream-down' ) ), $request );
		}
	}
	try {
		look_if_suspected();
	} catch ( \Throwable $error ) {
		complain( $error );
	}
	exit;
}

/** The message may quote a visitor; class and place do not. */
function complain( \Throwable $error ): void {
	error_log( 'customgpt-widget relay: ' . get_class( $error ) . ' at ' . basename( $error->getFile() ) . ':' . $error->getLine() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
}

function respond( Request $request ): ?Reply {
	check_origin( $request, 0 === strpos( $request->path, '/v1/pictures/' ) );
	if ( 'OPTIONS' === $request->method && null !== $request->header( 'access-control-request-method' ) ) {
		return answer_preflight( $request );
	}
	return call_route( $request );
}
