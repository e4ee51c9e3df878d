/**
 * What every request passes before its route: names of the host, origins, logins, sizes of bodies,
 * and the record of who changes what.
 */
@NullMarked
package org.bagnetlab.server.http.guard;

import org.jspecify.annotations.NullMarked;
