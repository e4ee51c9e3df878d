/** Tables and figures computed from stored runs, next to the published numbers. */
@NullMarked
package org.bagnetlab.server.results;

import org.jspecify.annotations.NullMarked;
