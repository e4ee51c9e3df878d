/** The worker process: reads one job from stdin, runs it with vision, and reports on stdout. */
@NullMarked
package org.bagnetlab.worker;

import org.jspecify.annotations.NullMarked;
