/** The list of runs with its columns, filters and pages, and the full report on one run. */
@NullMarked
package org.bagnetlab.server.results.list;

import org.jspecify.annotations.NullMarked;
