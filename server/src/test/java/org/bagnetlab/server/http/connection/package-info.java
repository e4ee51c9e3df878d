@NullMarked
package org.bagnetlab.server.http.connection;

import org.jspecify.annotations.NullMarked;
