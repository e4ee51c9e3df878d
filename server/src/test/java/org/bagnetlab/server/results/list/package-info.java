@NullMarked
package org.bagnetlab.server.results.list;

import org.jspecify.annotations.NullMarked;
