/** Commands about who may use a server, and who changed what. */
@NullMarked
package org.bagnetlab.server.cli.access;

import org.jspecify.annotations.NullMarked;
