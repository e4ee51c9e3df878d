/** What the stored runs show: tables and figures, computed from runs, beside what was published. */
@NullMarked
package org.bagnetlab.server.results;

import org.jspecify.annotations.NullMarked;
