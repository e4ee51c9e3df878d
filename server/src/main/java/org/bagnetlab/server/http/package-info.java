/**
 * The HTTP interface and the dashboard's files: combines the guards, routes and pages of the
 * packages below, and answers requests that none of them handles.
 */
@NullMarked
package org.bagnetlab.server.http;

import org.jspecify.annotations.NullMarked;
