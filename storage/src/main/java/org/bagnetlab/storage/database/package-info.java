/**
 * The H2 database. It is opened, inspected, migrated, compacted and recovered here, and every query
 * runs in one of its transactions.
 */
package org.bagnetlab.storage.database;
