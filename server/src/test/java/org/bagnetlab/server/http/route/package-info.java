@NullMarked
package org.bagnetlab.server.http.route;

import org.jspecify.annotations.NullMarked;
