/** Who may use a server: everyone on its machine, or anyone with a token. */
@NullMarked
package org.bagnetlab.server.access;

import org.jspecify.annotations.NullMarked;
