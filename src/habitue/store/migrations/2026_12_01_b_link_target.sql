-- Where the links of letters lead that go over this house: each address once, for everybody, by a key that nobody without the house's can make.
CREATE TABLE link_target (link TEXT NOT NULL PRIMARY KEY, target TEXT NOT NULL) {clustered};
