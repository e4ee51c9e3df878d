/** Who may use a server: everybody on its machine, or whoever has a token. */
@NullMarked
package org.bagnetlab.server.access;

import org.jspecify.annotations.NullMarked;
