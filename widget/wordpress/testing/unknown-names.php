<?php
/**
 * Answers ?unknown-names with the functions, classes and constants that the plugin's files name and this PHP, with
 * this WordPress, does not have. Those that a file itself asks for before it uses them are left out.
 */

add_action(
	'wp_loaded',
	static function () {
		if ( ! isset( $_GET['unknown-names'] ) ) {
			return;
		}
		foreach ( array( 'wp-admin/includes/admin.php', 'wp-admin/includes/upgrade.php', 'wp-includes/ms-blogs.php', 'wp-includes/ms-site.php' ) as $late ) {
			require_once ABSPATH . $late;
		}
		$files   = new RegexIterator( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( WP_PLUGIN_DIR . '/chat-widget-for-customgpt' ) ), '/\.php$/' );
		$unknown = array();
		$count   = 0;
		foreach ( $files as $file ) {
			++$count;
			foreach ( unknown_names( file_get_contents( (string) $file ) ) as $name ) {
				$unknown[] = $file->getFilename() . ': ' . $name;
			}
		}
		wp_send_json( array( PHP_VERSION, $count, $unknown ) );
	}
);

function unknown_names( string $source ): array {
	$tokens = array_values(
		array_filter(
			token_get_all( $source, TOKEN_PARSE ),
			static function ( $token ) {
				return ! is_array( $token ) || ! in_array( $token[0], array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true );
			}
		)
	);
	$texts  = array_map(
		static function ( $token ) {
			return is_array( $token ) ? $token[1] : $token;
		},
		$tokens
	);
	preg_match( '/^namespace ([\w\\\\]+);/m', $source, $space );
	preg_match_all( '/\bfunction (\w+)\(/', $source, $own );
	preg_match_all( '/^use (?:function |const )?([\w\\\\]+);/m', $source, $used );
	$space   = $space[1] ?? '';
	$unknown = array();
	foreach ( $tokens as $place => $token ) {
		if ( ! is_array( $token ) || 1 !== preg_match( '/^\\\\?[A-Za-z_][\w\\\\]*$/', $token[1] ) || ! is_name( $token[0] ) ) {
			continue;
		}
		$before = $texts[ $place - 1 ] ?? '';
		// PHP 7 has a token for each part of a name.
		if ( '\\' === $before || '\\' === ( $texts[ $place + 1 ] ?? '' ) || in_array( $before, array( '->', '::', 'function', 'class', 'const', 'namespace', 'use' ), true ) ) {
			continue;
		}
		$name  = ltrim( $token[1], '\\' );
		$after = $texts[ $place + 1 ] ?? '';
		if ( in_array( $name, $own[1], true ) || in_array( strtolower( $name ), array( 'self', 'static', 'parent', 'array', 'exit', 'isset', 'empty', 'list', 'unset' ), true ) ) {
			continue;
		}
		$candidates = array( "$space\\$name", $name );
		foreach ( $used[1] as $path ) {
			if ( substr( $path, (int) strrpos( $path, '\\' ) + 1 ) === strtok( $name, '\\' ) ) {
				$candidates[] = $path . substr( $name, strlen( strtok( $name, '\\' ) ) );
			}
		}
		$is_known = static function ( callable $exists ) use ( $candidates ) {
			return array() !== array_filter( $candidates, $exists );
		};
		$is_asked = false !== strpos( $source, "_exists( '$name' )" ) || false !== strpos( $source, "defined( '$name' )" );
		if ( '(' === $after && 'new' !== $before ) {
			$is_there = $is_known( 'function_exists' );
		} elseif ( 'new' === $before || '::' === $after || 'instanceof' === $before ) {
			$is_there = $is_known( 'class_exists' ) || $is_known( 'interface_exists' );
		} else {
			$is_there = 1 !== preg_match( '/^[A-Z][A-Z0-9_]+$/', $name ) || $is_known( 'defined' );
		}
		if ( ! $is_there && ! $is_asked ) {
			$unknown[] = $name;
		}
	}
	return array_values( array_unique( $unknown ) );
}

/** @param int $kind of a token */
function is_name( int $kind ): bool {
	$kinds = array( T_STRING );
	foreach ( array( 'T_NAME_QUALIFIED', 'T_NAME_FULLY_QUALIFIED' ) as $newer ) {
		if ( defined( $newer ) ) {
			$kinds[] = constant( $newer );
		}
	}
	return in_array( $kind, $kinds, true );
}
