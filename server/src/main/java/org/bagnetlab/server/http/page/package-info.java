/** Pages for browsers: the dashboard, the documentation, and their security headers. */
package org.bagnetlab.server.http.page;
