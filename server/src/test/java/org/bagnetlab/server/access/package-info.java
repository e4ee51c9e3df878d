/** Tests of who may use a server. */
@NullMarked
package org.bagnetlab.server.access;

import org.jspecify.annotations.NullMarked;
