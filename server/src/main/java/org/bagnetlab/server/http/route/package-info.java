/** The routes under {@code /api/v1}, a class for each kind of thing, and readers of requests. */
@NullMarked
package org.bagnetlab.server.http.route;

import org.jspecify.annotations.NullMarked;
