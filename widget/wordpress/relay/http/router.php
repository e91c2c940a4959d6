<?php
/** Router: the protocol's paths and methods, as proxy/protocol/paths.ts has them. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const ROUTES = array(
	'/v1/agents/:agent'                                             => array( 'GET' => 'route_agent' ),
	'/v1/agents/:agent/conversations'                               => array(
		'GET'  => 'route_latest',
		'POST' => 'route_start',
	),
	'/v1/conversations/:conversation/messages'                      => array(
		'GET'  => 'route_transcript',
		'POST' => 'route_send',
	),
	'/v1/conversations/:conversation/turns/:turn'                   => array(
		'GET'    => 'route_resume',
		'DELETE' => 'route_stop',
	),
	'/v1/conversations/:conversation/messages/:message/feedback'    => array( 'PUT' => 'route_feedback' ),
	'/v1/conversations/:conversation'                               => array( 'DELETE' => 'route_forget' ),
	'/v1/pictures/:picture'                                         => array( 'GET' => 'route_picture' ),
	'/healthz'                                                      => array( 'GET' => 'route_health' ),
);

/** Null when the route has answered by itself. Throws `not-found`, and `bad-request` as 405 for another method. */
function call_route( Request $request ): ?Reply {
	foreach ( ROUTES as $pattern => $handlers ) {
		$form = '#^' . preg_replace( '/:(\w+)/', '(?P<$1>[^/]+)', $pattern ) . '$#D';
		if ( 1 !== preg_match( $form, $request->path, $parts ) ) {
			continue;
		}
		$method = 'HEAD' === $request->method ? 'GET' : $request->method;
		if ( ! isset( $handlers[ $method ] ) ) {
			$allow = str_replace( 'GET', 'GET, HEAD', implode( ', ', array_keys( $handlers ) ) );
			throw new Refused(
				'bad-request',
				array(
					'status' => 405,
					'allow'  => $allow,
				)
			);
		}
		$request->parts = array_filter( $parts, 'is_string', ARRAY_FILTER_USE_KEY );
		return call_user_func( __NAMESPACE__ . '\\' . $handlers[ $method ], $request );
	}
	throw new Refused( 'not-found' );
}
