/** Pages for browsers: the dashboard, the documents, and their security headers. */
package org.bagnetlab.server.http.page;
