package org.bagnetlab.server.message;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
 */
public record Notice(
    NoticeKind event,
    Instant at,
    String lab,
    Optional<String> sweep,
    Optional<Long> job,
    Map<String, Long> counts,
    String text,
    Optional<String> link) {}
