/** Commands about a lab's disk and its notifications. */
@NullMarked
package org.bagnetlab.server.cli.housekeeping;

import org.jspecify.annotations.NullMarked;
