/** Pages for browsers: the dashboard, the documents, and what browsers may do with them. */
@NullMarked
package org.bagnetlab.server.http.page;

import org.jspecify.annotations.NullMarked;
