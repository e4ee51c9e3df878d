/** Disk usage, its limits, and the waiting of jobs for space. */
@NullMarked
package org.bagnetlab.server.disk;

import org.jspecify.annotations.NullMarked;
