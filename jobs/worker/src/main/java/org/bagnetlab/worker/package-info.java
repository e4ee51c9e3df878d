/** The child process: reads one job from stdin, runs it through vision, reports on stdout. */
@NullMarked
package org.bagnetlab.worker;

import org.jspecify.annotations.NullMarked;
