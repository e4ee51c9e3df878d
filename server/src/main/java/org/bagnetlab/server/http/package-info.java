/**
 * The HTTP interface under {@code /api/v1}, its problems and its guards, and the dashboard's files.
 */
@NullMarked
package org.bagnetlab.server.http;

import org.jspecify.annotations.NullMarked;
