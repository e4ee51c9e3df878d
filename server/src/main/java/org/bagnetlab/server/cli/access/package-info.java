/** Commands for tokens, which let people use a server, and for the record of changes. */
@NullMarked
package org.bagnetlab.server.cli.access;

import org.jspecify.annotations.NullMarked;
