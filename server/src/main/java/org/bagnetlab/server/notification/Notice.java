package org.bagnetlab.server.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a webhook gets, as JSON.
 *
 * @param event what it tells of
 * @param at when that happened
 * @param lab who tells
 * @param sweep that it is about
 * @param job that it is about
 * @param counts jobs of the sweep by their state
 * @param text for people
 * @param link to where more is to be seen
 */
record Notice(
    NoticeKind event,
    Instant at,
    String lab,
    Optional<String> sweep,
    Optional<Long> job,
    Map<String, Long> counts,
    String text,
    Optional<String> link) {}
