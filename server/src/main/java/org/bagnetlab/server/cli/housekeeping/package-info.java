/** Commands for a lab's disk usage and notifications. */
package org.bagnetlab.server.cli.housekeeping;
