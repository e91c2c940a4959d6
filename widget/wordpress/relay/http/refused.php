<?php
/** Refusals: a thrown `Refused` becomes the one JSON shape of all refusals, the same as the proxy's. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Status and message of each problem, as in proxy/protocol/problems.ts. */
const PROBLEMS = array(
	'bad-request'       => array( 400, 'The request is not one this proxy understands.' ),
	'not-allowed'       => array( 403, 'This site or this visitor may not do that.' ),
	'not-found'         => array( 404, 'There is nothing here by that name.' ),
	'too-long'          => array( 413, 'The question is too long.' ),
	'too-many'          => array( 429, 'Too many questions in a short time.' ),
	'budget-used-up'    => array( 429, 'The owner\'s budget for questions is used up for now.' ),
	'agent-unavailable' => array( 502, 'The agent is not available.' ),
	'upstream-busy'     => array( 503, 'The answering service is busy.' ),
	'upstream-down'     => array( 502, 'The answering service cannot be reached.' ),
	'answer-cut'        => array( 502, 'The answer ended before it was complete.' ),
);

/** Thrown by guards and routes to refuse a request, and by upstream calls that fail. */
final class Refused extends \Exception {
	public string $problem;
	/** Further parts: `retryAfter` in seconds, `words`, `proof`, `identity`; `status` and `allow` for a 405; and, for the owner only, `service` and `said`. */
	public array $details;

	public function __construct( string $problem, array $details = array() ) {
		parent::__construct( $problem );
		$this->problem = $problem;
		$this->details = $details;
	}

	/** What browsers receive. */
	public function body(): array {
		return problem_of( $this->problem, $this->details );
	}

	public function status(): int {
		return $this->details['status'] ?? PROBLEMS[ $this->problem ][0];
	}
}

function problem_of( string $code, array $details = array() ): array {
	$problem = array(
		'code'    => $code,
		'message' => PROBLEMS[ $code ][1],
	);
	if ( isset( $details['retryAfter'] ) ) {
		$problem['retryAfter'] = max( 1, (int) ceil( $details['retryAfter'] ) );
	}
	foreach ( array( 'words', 'proof', 'identity' ) as $name ) {
		if ( isset( $details[ $name ] ) ) {
			$problem[ $name ] = $details[ $name ];
		}
	}
	return $problem;
}
