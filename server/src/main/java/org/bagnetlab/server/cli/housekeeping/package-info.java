/** Commands about a lab's disk and its notifications. */
package org.bagnetlab.server.cli.housekeeping;
