/** The list of runs, with its columns, filters and pages, and all that is known of one run. */
@NullMarked
package org.bagnetlab.server.results.list;

import org.jspecify.annotations.NullMarked;
