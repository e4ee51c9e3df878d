package org.bagnetlab.storage.audit;

import java.time.Instant;

/**
 * A request that changed something or tried to, or a token that was added or removed.
 *
 * @param id its ID, growing with time
 * @param at when the server responded
 * @param visitor the token's name, or {@code local}
 * @param role of the visitor
 * @param address that the request came from; empty for tokens
 * @param operation its name in the description of the HTTP interface, or {@code addToken} or {@code
 *     removeToken}
 * @param target path of the resource that the request created, otherwise the path of the request
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
