/**
 * The checks that every request passes before its route: host names, origins, logins, sizes of
 * bodies, and the record of who changes what.
 */
package org.bagnetlab.server.http.guard;
