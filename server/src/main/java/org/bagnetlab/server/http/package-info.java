/**
 * The HTTP interface and the dashboard's files: puts together the guards, routes and pages of the
 * packages below, and answers what none of them takes.
 */
@NullMarked
package org.bagnetlab.server.http;

import org.jspecify.annotations.NullMarked;
