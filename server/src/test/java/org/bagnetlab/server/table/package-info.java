@NullMarked
package org.bagnetlab.server.table;

import org.jspecify.annotations.NullMarked;
