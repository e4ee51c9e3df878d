/**
 * The checks that every request passes before its route: host names, origins, logins, sizes of
 * bodies, and the audit log.
 */
package org.bagnetlab.server.http.guard;
