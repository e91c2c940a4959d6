<?php
/**
 * Runs a piece of PHP within WordPress: php within.php SITE ADDRESS CODE.
 */

list( , $site, $address, $code ) = $argv;

$_SERVER['HTTP_HOST']       = parse_url( $address, PHP_URL_HOST ) . ':' . parse_url( $address, PHP_URL_PORT );
$_SERVER['SERVER_NAME']     = $_SERVER['HTTP_HOST'];
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';

require $site . '/wp-load.php';
eval( $code );
