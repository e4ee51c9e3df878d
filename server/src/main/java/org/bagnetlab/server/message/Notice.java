package org.bagnetlab.server.message;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.digest.Digest;

/**
 * The JSON body sent to a webhook.
 *
 * @param event what happened
 * @param at when it happened
 * @param lab name of the lab that sends it
 * @param sweep the sweep concerned
 * @param job the job concerned
 * @param counts number of jobs of the sweep by state
 * @param text message for users
 * @param link link to the page with details
 * @param digest numbers of the end of a sweep, or of a day
 */
public record Notice(
    NoticeKind event,
    Instant at,
    String lab,
    Optional<String> sweep,
    Optional<Long> job,
    Map<String, Long> counts,
    String text,
    Optional<String> link,
    Optional<Digest> digest) {

  /** This notice with numbers. */
  public Notice with(Optional<Digest> numbers) {
    return new Notice(event, at, lab, sweep, job, counts, text, link, numbers);
  }
}
