package org.bagnetlab.storage.audit;

import java.time.Instant;

/**
 * A request that changed something or tried to, or a token that was added or removed.
 *
 * @param id number, growing with time
 * @param at when it was answered
 * @param visitor the token's name, or {@code local}
 * @param role of the visitor
 * @param address that it came from; empty for tokens
 * @param operation its name in the interface's description; {@code addToken}, {@code removeToken}
 * @param target path of what the request created, or that it was sent to
 * @param status of the response
 */
public record AuditRow(
    long id,
    Instant at,
    String visitor,
    String role,
    String address,
    String operation,
    String target,
    int status) {}
