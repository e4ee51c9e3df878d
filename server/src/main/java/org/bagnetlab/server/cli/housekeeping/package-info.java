/** Commands on the disk of a lab and on its notifications. */
@NullMarked
package org.bagnetlab.server.cli.housekeeping;

import org.jspecify.annotations.NullMarked;
