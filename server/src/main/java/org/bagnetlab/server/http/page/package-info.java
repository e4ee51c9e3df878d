/** Pages for browsers: the dashboard, the documents, and their security headers. */
@NullMarked
package org.bagnetlab.server.http.page;

import org.jspecify.annotations.NullMarked;
