@NullMarked
package org.bagnetlab.server.http.guard;

import org.jspecify.annotations.NullMarked;
