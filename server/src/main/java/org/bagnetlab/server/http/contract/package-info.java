/** The description of the HTTP interface (OpenAPI), and the operations that it has. */
@NullMarked
package org.bagnetlab.server.http.contract;

import org.jspecify.annotations.NullMarked;
