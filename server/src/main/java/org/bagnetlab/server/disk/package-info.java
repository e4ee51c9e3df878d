/** Disk usage, its limits, and the waiting of jobs for space. */
package org.bagnetlab.server.disk;
