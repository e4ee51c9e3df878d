/** Commands that save and restore a lab. */
@NullMarked
package org.bagnetlab.server.cli.backup;

import org.jspecify.annotations.NullMarked;
