<?php
/**
 * Does for PHP's own server what rewrite rules do elsewhere: files as they are, everything else to WordPress.
 */

$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$file = realpath( $root . $path );

// In a network, /two/wp-admin/ is /wp-admin/ of another site.
if ( false === $file ) {
	$shared = preg_replace( '#^/[\w-]+(?=/(?:wp-(?:admin|includes|content)(?:/|$)|[^/]+\.php$))#', '', $path );
	$file   = $shared === $path ? false : realpath( $root . $shared );
	$path   = false === $file ? $path : $shared;
}
if ( $file && 0 !== strpos( "$file/", realpath( $root ) . '/' ) ) {
	$file = false;
}
if ( $file && is_dir( $file ) && '/' !== $path ) {
	if ( '/' !== substr( $path, -1 ) ) {
		header( 'Location: ' . strtok( $_SERVER['REQUEST_URI'], '?' ) . '/', true, 301 );
		return true;
	}
	$file = realpath( "$file/index.php" );
	$path = "{$path}index.php";
}
if ( $file && is_file( $file ) && '.php' !== substr( $file, -4 ) ) {
	$types = array(
		'html' => 'text/html; charset=utf-8',
		'js'   => 'text/javascript',
		'css'  => 'text/css',
		'svg'  => 'image/svg+xml',
		'png'  => 'image/png',
	);
	$type  = pathinfo( $file, PATHINFO_EXTENSION );
	header( 'Content-Type: ' . ( $types[ $type ] ?? 'application/octet-stream' ) );
	readfile( $file );
	return true;
}
if ( ! $file || ! is_file( $file ) ) {
	$file = "$root/index.php";
	$path = '/index.php';
}
$_SERVER['SCRIPT_NAME']     = $path;
$_SERVER['PHP_SELF']        = $path;
$_SERVER['SCRIPT_FILENAME'] = $file;
chdir( dirname( $file ) );
require $file;
return true;
