/** Commands about who may use a server. */
@NullMarked
package org.bagnetlab.server.cli.access;

import org.jspecify.annotations.NullMarked;
