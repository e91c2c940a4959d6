<?php
/**
 * Installs WordPress without a browser: php install.php SITE ADDRESS NAME PASSWORD [network | second-site].
 */

list( , $site, $address, $name, $password ) = $argv;
$step = $argv[5] ?? 'site';

// WordPress makes some addresses from these, whatever its configuration says.
$host                       = parse_url( $address, PHP_URL_HOST ) . ':' . parse_url( $address, PHP_URL_PORT );
$_SERVER['HTTP_HOST']       = $host;
$_SERVER['SERVER_NAME']     = $host;
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';

define( 'WP_INSTALLING', true );
require $site . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

if ( 'site' === $step ) {
	wp_install( 'Harbour Books', $name, 'owner@example.com', true, '', wp_slash( $password ) );
	$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
	flush_rewrite_rules( false );
	// Pictures of people come from elsewhere.
	update_option( 'show_avatars', 0 );
}

if ( 'network' === $step ) {
	require_once ABSPATH . 'wp-admin/includes/network.php';
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
		$wpdb->$table = $prefixed;
	}
	install_network();
	$made = populate_network( 1, $host, 'owner@example.com', 'Network', '/', false );
	if ( is_wp_error( $made ) && 'no_wildcard_dns' !== $made->get_error_code() ) {
		fwrite( STDERR, $made->get_error_message() );
		exit( 1 );
	}
	$values = array(
		'MULTISITE'            => true,
		'SUBDOMAIN_INSTALL'    => false,
		'DOMAIN_CURRENT_SITE'  => $host,
		'PATH_CURRENT_SITE'    => '/',
		'SITE_ID_CURRENT_SITE' => 1,
		'BLOG_ID_CURRENT_SITE' => 1,
	);
	$lines  = array( '<?php' );
	foreach ( $values as $key => $value ) {
		$lines[] = sprintf( 'define( %s, %s );', var_export( $key, true ), var_export( $value, true ) );
	}
	file_put_contents( "$site/network.php", implode( "\n", $lines ) . "\n" );
}

if ( 'second-site' === $step ) {
	$second = wp_insert_site(
		array(
			'domain'     => $host,
			'path'       => '/two/',
			'title'      => 'Second site',
			'network_id' => 1,
			'user_id'    => 1,
		)
	);
	if ( is_wp_error( $second ) ) {
		fwrite( STDERR, $second->get_error_message() );
		exit( 1 );
	}
	// WordPress 6.4 drops the colon before a port.
	$wpdb->update( $wpdb->blogs, array( 'domain' => $host ), array( 'blog_id' => $second ) );
	clean_blog_cache( $second );
	update_blog_option( $second, 'home', "$address/two" );
	update_blog_option( $second, 'siteurl', "$address/two" );
}
